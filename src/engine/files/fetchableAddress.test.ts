import { describe, expect, it } from 'vitest';
import { fetchableAddress } from './fetchableAddress';

const page = 'http://localhost:4173/play/';

describe('fetchableAddress', () => {
  it('takes https and the page’s own origin, relative to the page', () => {
    expect(fetchableAddress('https://example.org/m.zip', page, false)).toEqual({
      address: 'https://example.org/m.zip',
    });
    expect(fetchableAddress('models/digits.safetensors', page, false)).toEqual({
      address: 'http://localhost:4173/play/models/digits.safetensors',
    });
  });

  it('takes http of this machine where that is allowed', () => {
    for (const address of ['http://localhost:8000/a.zip', 'http://127.0.0.1/a.zip']) {
      expect(fetchableAddress(address, page, true)).toEqual({ address });
      expect(fetchableAddress(address, page, false)).toHaveProperty('problem');
    }
  });

  it('refuses all else, and says why', () => {
    const refused = [
      'http://example.org/m',
      'http://localhost.example.org/m',
      'ftp://localhost/m',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'data:,x',
      'https://a:b@example.org/',
      'https://',
    ];
    for (const address of refused)
      for (const from of [page, 'https://example.net/', 'file:///index.html'])
        expect(fetchableAddress(address, from, true), address).toHaveProperty('problem');
  });
});
