/** Has the browser save data as a file: the pane's only way to a file on this machine. */
export function saveFile(name: string, type: string, content: readonly BlobPart[]): void {
  const url = URL.createObjectURL(new Blob([...content], { type }));
  const link = document.createElement('a');
  link.href = url;
  // What a file system or a shell could take for something else is left out.
  link.download = name.replaceAll(/[^\p{L}\p{N}._@-]/gu, '_');
  link.click();
  // The browser has taken the address over by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
