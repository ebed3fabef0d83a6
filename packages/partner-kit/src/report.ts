import type { Counterpart } from './counterpart.js';

interface Finding {
  readonly good: boolean;
  readonly says: string;
}

/** What the partner's system did well, and what it lacks. Pure but for what the counterpart has seen. */
export function findingsOf({ seen, end }: Counterpart): Finding[] {
  const list = (counts: ReadonlyMap<string, number>) => [...counts].map(([name, n]) => `${name} (${n})`).join(', ');
  return [
    { good: seen.valid.size > 0, says: `événements conformes : ${list(seen.valid) || 'aucun'}` },
    { good: seen.invalid.size === 0, says: `événements refusés par leur contrat : ${list(seen.invalid) || 'aucun'}` },
    { good: seen.reusedIds === 0, says: `identifiants repris pour un autre contenu : ${seen.reusedIds}` },
    {
      good: seen.lost.size === 0,
      says: `événements non renvoyés après une panne : ${[...seen.lost].join(', ') || 'aucun'} (${seen.outages} pannes simulées)`,
    },
    {
      good: seen.refused.size === 0,
      says: `refus sans suite : ${seen.refused.size} (${seen.mended} corrigés et renvoyés sous un nouvel identifiant)`,
    },
    { good: seen.read >= end, says: `réponses lues : jusqu'à la position ${seen.read} sur ${end}` },
    { good: true, says: `événements renvoyés à l'identique, sans effet : ${seen.repeated}` },
  ];
}

/** The report in Markdown, to be attached to a request. */
export function reportOf(partner: string, counterpart: Counterpart, at: Date): string {
  const findings = findingsOf(counterpart);
  const verdict = findings.every((f) => f.good) ? 'conforme' : 'à reprendre';
  return [
    `# Conformité du système de ${partner} : ${verdict}`,
    '',
    `${at.toISOString()}, ${counterpart.seen.requests} demandes.`,
    '',
    ...findings.map(({ good, says }) => `- ${good ? '✓' : '✗'} ${says}`),
    '',
  ].join('\n');
}
