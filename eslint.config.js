/** The linter: TypeScript's strict rules, accessibility, hooks, and who may import whom (DESIGN §1). */
import js from '@eslint/js';
import boundaries from 'eslint-plugin-boundaries';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Folders of the service that are no capability. */
const serviceWiring = [
  'app',
  'main',
  'open-storage',
  'serve',
  'stop-on-signal',
  'watch-people',
  'wire-administration',
  'wire-calls',
  'wire-instances',
  'wire-contacts',
  'wire-directory',
  'wire-presence-watches',
  'wire-security',
  'wire-sessions',
  'wire-telephone-systems',
  'backup',
  'restore',
  'wire-people',
  'wire-personal-data',
  'wire-presence',
  'wire-mailbox-office',
  'measure',
  'wire-microsoft',
  'wire-presence-calendar',
  'wire-profile',
  'wire-log-level',
  'doctor',
  'health-check',
  'open-people',
  'asterisk-check',
  'numbers',
  'write-manifest',
  'manage',
  'wire-unattended-sync',
  'worker',
  'config',
  'logger',
];

export default tseslint.config(
  { ignores: ['build/', 'node_modules/', 'data/', 'coverage/', 'tests/fixtures/'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      '@typescript-eslint/unified-signatures': 'off',
      '@typescript-eslint/no-empty-function': ['error', { allow: ['arrowFunctions'] }],
      'no-console': 'error',
      // Counting code points is what the password policy and the folding of names mean.
      '@typescript-eslint/no-misused-spread': 'off',
      eqeqeq: 'error',
    },
  },
  {
    files: ['addin/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    extends: [jsxA11y.flatConfigs.strict],
    rules: { ...reactHooks.configs['recommended-latest'].rules },
  },
  {
    files: ['scripts/**', '*.config.js'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        fetch: 'readonly',
        Buffer: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
      },
    },
  },
  {
    files: ['shared/**/*.ts', 'addin/**/*.{ts,tsx}', 'sync-service/**/*.ts', 'demo/**/*.ts'],
    plugins: { boundaries },
    settings: {
      'import/resolver': { node: { extensions: ['.ts', '.tsx', '.js', '.json'] } },
      'boundaries/include': ['shared/**', 'addin/**', 'sync-service/**', 'demo/**'],
      // The first pattern that fits names the element.
      'boundaries/elements': [
        { type: 'shared', pattern: 'shared/**', mode: 'full' },
        { type: 'pane-entry', pattern: 'addin/*.{ts,tsx}', mode: 'full' },
        { type: 'outlook', pattern: 'addin/outlook/**', mode: 'full' },
        { type: 'pane-api', pattern: 'addin/api/**', mode: 'full' },
        { type: 'shell', pattern: 'addin/shell/**', mode: 'full' },
        { type: 'preview', pattern: 'addin/preview/**', mode: 'full' },
        { type: 'pane-capability', pattern: 'addin/*/**', mode: 'full', capture: ['capability'] },
        { type: 'wiring', pattern: `sync-service/{${serviceWiring.join(',')}}.ts`, mode: 'full' },
        { type: 'configuration', pattern: 'sync-service/configuration/**', mode: 'full' },
        { type: 'manage', pattern: 'sync-service/{manage,doctor}/**', mode: 'full' },
        { type: 'http', pattern: 'sync-service/http/**', mode: 'full' },
        { type: 'database', pattern: 'sync-service/database/**', mode: 'full' },
        { type: 'telephone-port', pattern: 'sync-service/telephone-system/*.ts', mode: 'full' },
        { type: 'adapter', pattern: 'sync-service/telephone-system/*/**', mode: 'full', capture: ['adapter'] },
        { type: 'port', pattern: 'sync-service/*/{event-bus,directory-source,personal-data}.ts', mode: 'full' },
        { type: 'capability', pattern: 'sync-service/*/**', mode: 'full', capture: ['capability'] },
        { type: 'demo', pattern: 'demo/**', mode: 'full' },
      ],
    },
    rules: {
      'boundaries/no-unknown-files': 'error',
      'boundaries/element-types': [
        'error',
        {
          default: 'disallow',
          rules: [
            { from: 'shared', allow: ['shared'] },
            { from: 'outlook', allow: ['shared', 'outlook'] },
            { from: 'pane-api', allow: ['shared', 'pane-api'] },
            { from: 'shell', allow: ['shared', 'shell', 'pane-api', 'outlook', 'pane-capability'] },
            {
              from: 'pane-capability',
              allow: [
                'shared',
                'shell',
                'pane-api',
                'outlook',
                ['pane-capability', { capability: '${from.capability}' }],
              ],
            },
            { from: 'pane-entry', allow: ['shared', 'shell', 'pane-api', 'outlook', 'pane-capability', 'pane-entry'] },
            { from: 'preview', allow: ['shared', 'preview'] },
            { from: 'http', allow: ['shared', 'http', 'port', ['wiring', { path: '*' }]] },
            {
              from: 'configuration',
              allow: ['shared', 'configuration', 'database', 'http', 'telephone-port', 'wiring'],
            },
            { from: 'database', allow: ['shared', 'database'] },
            // A port that works inside another capability's transaction names its type.
            { from: 'port', allow: ['shared', 'port', 'database'] },
            { from: 'telephone-port', allow: ['shared', 'telephone-port'] },
            {
              from: 'adapter',
              allow: ['shared', 'telephone-port', 'port', ['adapter', { adapter: '${from.adapter}' }]],
            },
            {
              from: 'capability',
              allow: [
                'shared',
                'http',
                'database',
                'port',
                'telephone-port',
                ['capability', { capability: '${from.capability}' }],
              ],
            },
            { from: ['wiring', 'manage'], allow: ['*'] },
            {
              from: 'demo',
              allow: [
                'shared',
                'demo',
                'wiring',
                'manage',
                'capability',
                'database',
                'http',
                'port',
                'adapter',
                'telephone-port',
              ],
            },
          ],
        },
      ],
    },
  },
  {
    // The SQL lives in the stores, and handlers do not reach round their service.
    files: ['sync-service/*/*.routes.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['**/*-store', 'kysely'], message: 'A route calls its service.' }] },
      ],
    },
  },
  {
    files: ['tests/**/*.{ts,tsx}'],
    rules: { 'no-console': 'off' },
  },
);
