import * as Comlink from 'comlink';
import { Collection } from './collection';
import { decodeImage } from './decodeImage';
import type { ImportApi } from './protocol';

const collection = new Collection(decodeImage);

const api: ImportApi = {
  addFiles: (files, tell) => collection.addFiles(files, tell),
  addPictures: (pictures) => collection.addPictures(pictures),
  removePicture: (index) => collection.removePicture(index),
  setCrop: (crop) => collection.setCrop(crop),
  async build(shape) {
    const built = await collection.build(shape);
    return Comlink.transfer(built, [built.levels.buffer as ArrayBuffer, built.labels.buffer as ArrayBuffer]);
  },
};

Comlink.expose(api);
