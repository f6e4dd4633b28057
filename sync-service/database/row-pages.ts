/** Reading very many rows page by page, so that no statement takes long and others have a turn in between. */

/** Reads the next page behind a row; the first page behind undefined. A page with fewer rows than `size` is the last. */
export interface RowPages<Row> {
  readonly size: number;
  readonly read: (last: Row | undefined) => Promise<readonly Row[]>;
}

/** @param pause is waited for behind each page */
export async function* pagesOf<Row>(
  { size, read }: RowPages<Row>,
  pause: () => Promise<void>,
): AsyncGenerator<readonly Row[]> {
  let page: readonly Row[] = [];
  do {
    page = await read(page.at(-1));
    yield page;
    await pause();
  } while (page.length === size);
}

/** @param pause is waited for behind each page */
export async function* rowsOf<Row>(pages: RowPages<Row>, pause: () => Promise<void>): AsyncGenerator<Row> {
  for await (const page of pagesOf(pages, pause)) yield* page;
}
