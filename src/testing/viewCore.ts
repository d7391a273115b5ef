import { createStore } from 'zustand/vanilla';
import { createValuesSlice, type PageValues, type ValuesSlice } from '../store/valuesSlice';
import { pageValues } from './values';

/** The core store of a page, as far as a view's state asks it; `others` are the parts beside the values. */
export function viewCore<Others extends object>(others: Others, values: PageValues = pageValues()) {
  return createStore<ValuesSlice & Others>()((...parts) => ({
    ...createValuesSlice(values)(...(parts as unknown as Parameters<ReturnType<typeof createValuesSlice>>)),
    ...others,
  }));
}
