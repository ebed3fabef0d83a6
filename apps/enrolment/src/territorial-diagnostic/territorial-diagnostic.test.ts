import { stateAfter } from '@gpect/test-kit/commands';
import { scenarioOf } from '@gpect/test-kit/scenario';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type DiagnosticCommand, type TerritorialDiagnostic, territorialDiagnostic } from './territorial-diagnostic.js';

const frame = { of: { programme: 'p', action: 'a', basins: ['artois'] }, today: '2014-06-30' };
const addSource: DiagnosticCommand = {
  ...frame,
  kind: 'add-source',
  source: { source: 'S1', title: 'Diagnostic du bassin', by: 'C2RP', publishedOn: '2007-11-05' },
};
const note: DiagnosticCommand = {
  ...frame,
  kind: 'note-specificity',
  specificity: { specificity: 'P1', basin: 'artois', description: 'Métallurgie', sources: ['S1'] },
};
const issue = (siret: string, theme: 'skills' | 'career_paths', action = 'a'): DiagnosticCommand => ({
  ...frame,
  kind: 'note-issue',
  issue: { siret, theme, notedOn: '2008-04-01' },
  firm: { action, basin: 'artois' },
});
const adopt = { ...frame, kind: 'adopt-vision', adoptedOn: '2008-05-15', vision: 'Transmettre' } as const;
const { run } = scenarioOf(territorialDiagnostic);
const after = (...commands: DiagnosticCommand[]) => {
  const result = run(...commands);
  return result.ok ? 'taken' : result.fault.code;
};

test('the issues of the firms are drawn together to a vision, as they stood', () => {
  const told = [addSource, note, issue('1', 'skills'), issue('1', 'career_paths'), issue('2', 'career_paths'), adopt];
  const result = run(...told, issue('3', 'skills'), ...told);
  expect(result.ok && (result.value.state as TerritorialDiagnostic).visions).toMatchObject([
    {
      version: 1,
      firms: 2,
      issues: [
        { theme: 'career_paths', firms: 2 },
        { theme: 'skills', firms: 1 },
      ],
    },
  ]);
});

test.each<[string, DiagnosticCommand[], string]>([
  [
    'a source said otherwise',
    [addSource, { ...addSource, source: { ...addSource.source, by: 'INSEE' } } as DiagnosticCommand],
    'source_differs',
  ],
  ['a source of tomorrow', [{ ...addSource, today: '2007-11-04' }], 'date_in_future'],
  ['what rests on a source that nobody added', [note], 'sources_unknown'],
  [
    'another basin',
    [addSource, { ...note, specificity: { ...note.specificity, basin: 'nice' } } as DiagnosticCommand],
    'basin_unknown',
  ],
  ['an issue of a firm of another action', [issue('1', 'skills', 'b')], 'siret_unknown'],
  ['a vision of nothing', [addSource, adopt], 'diagnostic_empty'],
  ['a vision of tomorrow', [addSource, issue('1', 'skills'), { ...adopt, adoptedOn: '2014-07-01' }], 'date_in_future'],
  [
    'a vision before the last',
    [addSource, issue('1', 'skills'), adopt, { ...adopt, adoptedOn: '2008-05-01', vision: 'x' }],
    'date_too_early',
  ],
])('refuses %s', (_what, commands, code) => {
  expect(after(...commands)).toBe(code);
});

test('whatever is noted in whatever order: a vision counts each firm once by theme, and versions follow one another', () => {
  const commands = fc.array(
    fc.oneof(
      fc.constantFrom<DiagnosticCommand>(addSource, note),
      fc
        .tuple(fc.constantFrom('1', '2', '3'), fc.constantFrom('skills' as const, 'career_paths' as const))
        .map(([s, t]) => issue(s, t)),
      fc
        .tuple(fc.constantFrom('2008-05-15', '2008-06-15'), fc.string({ minLength: 1 }))
        .map(([adoptedOn, vision]): DiagnosticCommand => ({ ...adopt, adoptedOn, vision })),
    ),
    { maxLength: 25 },
  );
  fc.assert(
    fc.property(commands, (sent) => {
      const { visions = [], issues = [] } = stateAfter(territorialDiagnostic, sent) ?? {};
      expect(visions.map((v) => v.version)).toEqual(visions.map((_v, i) => i + 1));
      expect(new Set(issues.map((i) => `${i.siret} ${i.theme}`)).size).toBe(issues.length);
      for (const vision of visions)
        for (const { firms } of vision.issues) expect(firms >= 1 && firms <= vision.firms).toBe(true);
    }),
  );
});
