import { expect, test } from '@jest/globals';
import { fieldName, nameOfField } from '../src/mongo/field-names.js';

test.each(['a.b', '$where', '$', '__proto__', '%2E', '%', 'a\0b', '', 'opca-a', 'é'])(
  'a thing named %j is one field of that name, and no operator',
  (name) => {
    const field = fieldName(name);
    expect(field).not.toMatch(/[.$\0]|^__proto__$/);
    expect(nameOfField(field)).toBe(name);
  },
);
