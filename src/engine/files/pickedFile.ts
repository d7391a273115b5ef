/** A file with its path, whose folders may name classes. */
export interface PickedFile {
  name: string;
  file: Blob;
}
