/**
 * The pane. `webpack` builds it into build/pane: the pane, the same pane as a window of its own, and the ribbon's
 * functions. `webpack --env preview` builds the preview page of the demo into build/preview, so that none of it is in
 * the product. `%OFFICE_JS_URL%` in the pages is filled in by the service.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EsbuildPlugin } from 'esbuild-loader';
import HtmlWebpackPlugin from 'html-webpack-plugin';
import TerserPlugin from 'terser-webpack-plugin';

const root = import.meta.dirname;
const addin = (path) => join(root, 'addin', path);

/** Browsers of the oldest Outlook that is supported: WebView2 and Safari 15.4 of macOS 12. */
const target = 'es2022';

function page(filename, chunk, template, office) {
  return new HtmlWebpackPlugin({
    filename,
    chunks: [chunk],
    template,
    scriptLoading: 'defer',
    templateParameters: { office },
  });
}

const product = {
  entry: {
    taskpane: addin('taskpane.tsx'),
    window: addin('window.tsx'),
    commands: addin('commands.ts'),
    'microsoft-sign-in': addin('microsoft-sign-in.ts'),
  },
  pages: [
    page('taskpane.html', 'taskpane', addin('shell/page.ejs'), true),
    page('window.html', 'window', addin('shell/page.ejs'), false),
    page('commands.html', 'commands', addin('shell/page.ejs'), true),
    page('microsoft-sign-in.html', 'microsoft-sign-in', addin('shell/page.ejs'), true),
  ],
};

const preview = {
  // The stand-in for office.js has a fixed name: the service names it in the pages of the pane.
  entry: { preview: addin('preview/index.tsx'), office: { import: addin('preview/office.ts'), filename: 'office.js' } },
  pages: [page('index.html', 'preview', addin('preview/preview.html'), false)],
};

/**
 * Puts the icons where manifests and pages name them: `assets/icon-32.png`, without a hash. The window's own manifest lies
 * beside the window, because its addresses are relative to it.
 */
class IconsPlugin {
  apply(compiler) {
    const { Compilation, sources } = compiler.webpack;
    compiler.hooks.thisCompilation.tap('IconsPlugin', (compilation) => {
      compilation.hooks.processAssets.tap(
        { name: 'IconsPlugin', stage: Compilation.PROCESS_ASSETS_STAGE_ADDITIONAL },
        () => {
          for (const file of readdirSync(addin('assets')).filter((name) => /\.(png|svg)$/.test(name)))
            compilation.emitAsset(`assets/${file}`, new sources.RawSource(readFileSync(addin(`assets/${file}`))));
          const manifest = 'window.webmanifest';
          compilation.emitAsset(manifest, new sources.RawSource(readFileSync(addin(`assets/${manifest}`))));
        },
      );
    });
  }
}

export default (env = {}, { mode = 'production' } = {}) => {
  const what = env.preview ? preview : product;
  const entry = Object.fromEntries(
    Object.entries(what.entry).filter(([, source]) => existsSync(typeof source === 'string' ? source : source.import)),
  );
  const development = mode === 'development';
  return {
    mode,
    context: root,
    target: ['web', target],
    entry,
    output: {
      path: join(root, 'build', env.preview ? 'preview' : 'pane'),
      filename: '[name].[contenthash:10].js',
      chunkFilename: '[name].[contenthash:10].js',
      assetModuleFilename: '[name].[contenthash:10][ext]',
      // Relative to the page: the service may be reached below a path of a proxy.
      publicPath: 'auto',
      clean: true,
    },
    resolve: { extensions: ['.tsx', '.ts', '.js'] },
    module: {
      rules: [{ test: /\.tsx?$/, loader: 'esbuild-loader', options: { target, jsx: 'automatic' } }],
    },
    plugins: [
      ...what.pages.filter((plugin) => plugin.userOptions.chunks.every((chunk) => chunk in entry)),
      ...(env.preview ? [] : [new IconsPlugin()]),
    ],
    // Evaluated source maps would break the pane's policy; the preview is not shipped and needs none.
    devtool: development || env.preview ? false : 'source-map',
    optimization: {
      // esbuild's own minifier leaves the pane 35 KB larger.
      minimizer:
        development || env.preview
          ? [new EsbuildPlugin({ target })]
          : [
              new TerserPlugin({
                minify: TerserPlugin.terserMinify,
                extractComments: false,
                parallel: 2,
                terserOptions: { ecma: 2020, module: true, compress: { passes: 2 }, format: { comments: false } },
              }),
            ],
      chunkIds: 'named',
      splitChunks: {
        // Pane and window load the same code from the same files.
        cacheGroups: {
          ...(env.preview
            ? {}
            : {
                vendor: {
                  test: /[\\/]node_modules[\\/](react|react-dom|scheduler|@fluentui|@griffel|tabster|keyborg)[\\/]/,
                  chunks: 'initial',
                  name: 'vendor',
                  enforce: true,
                },
              }),
        },
      },
    },
    performance: { hints: false },
    stats: 'errors-warnings',
  };
};
