import type { CalendarDate } from '@gpect/domain-values/calendar';
import { Problem } from '@gpect/service-kit/http/problem';
import { describe, expect, test } from '@jest/globals';
import type { At } from '../dimensions/dimensions.js';
import { toldOf } from '../secrecy/told.js';
import { requireHappened, requireKnown } from './scope.js';

const documents = {
  programme: { _id: 'p', name: 'P', basins: ['lens', 'lille'], opensOn: '2008-03-01', closesOn: '2010-12-31' },
  actions: [
    { _id: 'p/a', programme: 'p', action: 'a', startsOn: '2009-01-01', carriers: [{ code: 'cci', name: 'CCI' }] },
  ],
};
/** What counts at a year before the programme, and at a commune's old region. */
const COUNTED: Readonly<Record<string, readonly string[]>> = { year: ['', '2006', '2009'], region: ['32'] };
const asked = {
  documents: async () => documents,
  source: {
    cuts: async (cuts: readonly (readonly string[])[]) =>
      cuts.map(([name = '']) => (COUNTED[name] ?? []).map((code) => toldOf({ [name]: code }, new Map()))),
  },
};

async function refused(act: () => Promise<void> | void): Promise<unknown> {
  try {
    await act();
    return undefined;
  } catch (error) {
    if (!(error instanceof Problem)) return error;
    const [{ pointer, detail } = {}] = error.body('en').errors ?? [];
    return { status: error.status, pointer, detail };
  }
}

describe('a restriction', () => {
  test.each<At>([
    {},
    { basin: 'lens' },
    { action: 'a', carrier: 'cci', wave: '2009' },
    { carrier: 'medef', section: 'C', year: '2008' },
    { section: '2025-V', region: '32', year: '2010' },
    { year: '2006' },
  ])('to %j is of what may be there, or is', async (at) => {
    expect(await refused(() => requireKnown(at, asked))).toBeUndefined();
  });

  test.each<[At, RegExp]>([
    [{ basin: 'nulle-part' }, /nulle-part; there are lens, lille$/],
    [{ action: 'b' }, /there are a$/],
    [{ wave: '1999' }, /there are 2009$/],
    [{ section: 'V' }, /no V; there are 2025-A, .*, U$/],
    [{ region: '99' }, /no 99; there are 01, .*32/],
    [{ region: 'hauts-de-france' }, /there are 01, /],
    [{ year: '2150' }, /no 2150; there are 2006, 2008, 2009, 2010$/],
    [{ year: '2007' }, /there are 2006, 2008/],
    [{ basin: 'lens', year: '1990' }, /1990/],
  ])('to %j is refused with what there is', async (at, said) => {
    expect(await refused(() => requireKnown(at, asked))).toEqual({
      status: 404,
      pointer: `/${Object.keys(at).at(-1)}`,
      detail: expect.stringMatching(said),
    });
  });
});

describe('a day in the field', () => {
  const today = '2014-02-03' as CalendarDate;
  test.each([undefined, '2006-01-01', '2014-02-03'])('%s may be asked for', async (asOf) => {
    expect(await refused(() => requireHappened(asOf, today))).toBeUndefined();
  });

  test.each(['2014-02-04', '2099-12-31'])('%s is yet to come, and today is said', async (asOf) => {
    expect(await refused(() => requireHappened(asOf, today))).toEqual({
      status: 422,
      pointer: '/asOf',
      detail: expect.stringMatching(`${asOf}.*2014-02-03`),
    });
  });
});
