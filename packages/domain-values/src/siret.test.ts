import { describe, expect, test } from '@jest/globals';
import { isSiret, readSiret } from './siret.js';

describe('readSiret', () => {
  test.each([
    ['00001002500013', '00001002500013'],
    ['000 010 033 00025', '00001003300025'],
    ['732\u00a0829\u202f320 00074', '73282932000074'],
    ['329.338.88300153', '32933888300153'],
    ['35600000000048', '35600000000048'],
    ['356 000 000 49837', '35600000049837'],
    ['552.081.317.06650', '55208131706650'],
    ["'55208131706650", '55208131706650'],
    ["224 900 019 00015'", '22490001900015'],
    ['55208131706650.0', '55208131706650'],
    ['55208131706650,00', '55208131706650'],
    ['552081317-06650', '55208131706650'],
    ['FR55208131706650', '55208131706650'],
    ['SIRET 55208131706650', '55208131706650'],
    ['N° SIRET : 552 081 317 06650', '55208131706650'],
    ['n° 55208131706650', '55208131706650'],
    ['55208131706650 (siège)', '55208131706650'],
  ])('reads %s', (typed, siret) => {
    expect(readSiret(typed)).toEqual({ ok: true, value: { siret, restored: false } });
  });

  test('restores leading zeros only where asked, and says so', () => {
    expect(readSiret('1002500013')).toEqual({ ok: false, fault: 'siret_invalid' });
    expect(readSiret('1002500013', { restoreLeadingZeros: true })).toEqual({
      ok: true,
      value: { siret: '00001002500013', restored: true },
    });
  });

  test.each([
    ['', 'siret_missing'],
    ['1,00E+09', 'siret_digits_lost'],
    ['3.51816E+13', 'siret_digits_lost'],
    ['00001002500014', 'siret_invalid'],
    ['0000100250001', 'siret_invalid'],
    ['35181600000000', 'siret_digits_lost'],
    ['732829320', 'siren_given'],
    ['732 829 320', 'siren_given'],
    ['732829321', 'siret_invalid'],
    ['ABC', 'siret_invalid'],
    ['FR40552081317', 'siret_invalid'],
    ['55208131706650 (2)', 'siret_invalid'],
    ['55208131706650 (¹)', 'siret_invalid'],
    ['55208131706650 (a)', 'siret_invalid'],
    ['SIRET 55208131706651', 'siret_invalid'],
    ['3293388830015.3', 'siret_invalid'],
    ['3293388.8300153', 'siret_invalid'],
    ['1002500013.5', 'siret_invalid'],
  ])('refuses %p as %s', (typed, fault) => {
    expect(readSiret(typed, { restoreLeadingZeros: true })).toEqual({ ok: false, fault });
  });

  test('refuses a number whose whole passes Luhn but whose SIREN does not', () => {
    const luhn = (digits: string): boolean =>
      [...digits].reverse().reduce((sum, c, i) => sum + ((d) => (d > 9 ? d - 9 : d))(Number(c) * (i % 2 ? 2 : 1)), 0) %
        10 ===
      0;
    let tried = 0;
    for (let n = 0; n < 2000; n++) {
      const candidate = `${String(123456000 + n)}00013`;
      if (luhn(candidate) && !luhn(candidate.slice(0, 9))) {
        tried++;
        expect(isSiret(candidate)).toBe(false);
      }
    }
    expect(tried).toBeGreaterThan(50);
  });
});
