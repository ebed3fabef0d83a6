import { afterAll, beforeAll, describe } from '@jest/globals';
import { type Field, openField } from './harness.js';
import { building } from './story/phase-1-building.js';
import { qualification } from './story/phase-2-qualification.js';
import { consulting } from './story/phase-3-consulting.js';
import { evaluation } from './story/phase-4-evaluation.js';
import { taleIn } from './story/tale.js';

let field: Field;
beforeAll(async () => {
  field = await openField();
});
afterAll(() => field.stop());

const tale = taleIn(() => field);

describe('Phase 1: the action is built', () => building(tale));
describe('Phase 2: firms are detected and qualified, their needs are framed', () => qualification(tale));
describe('Phase 3: consulting in the firm, workshops of managers', () => consulting(tale));
describe('Phase 4: follow-up and evaluation', () => evaluation(tale));
