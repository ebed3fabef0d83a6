// Within .v1 only additions that an old reader ignores: a new optional field, or a new event. Everything else is breaking
// for a reader of new events (old code) or for a reader of old events (new code, on topics that are kept for ever). A bound
// (bounds.mjs) may be given where there was none: it holds where events are made, and no reader of kept events looks at it.
import { SAID_IN_CATALOGUE } from './annotations.mjs';
import { isBound } from './bounds.mjs';

const ANNOTATIONS = new Set([
  'title',
  'description',
  'examples',
  '$id',
  '$schema',
  '$comment',
  'x-aggregate',
  'deprecated',
  'x-deprecation',
  ...SAID_IN_CATALOGUE,
]);

/** What of `next` breaks `released`; each a sentence with its place. */
export function breakingChanges(released, next, place = '') {
  const at = place || '/';
  const keys = [...new Set([...Object.keys(released), ...Object.keys(next)])].filter((k) => !ANNOTATIONS.has(k));
  return keys.flatMap((key) => {
    const [before, after] = [released[key], next[key]];
    if (key === 'properties' || key === '$defs') return changedFields(before ?? {}, after ?? {}, `${place}/${key}`);
    if (key === 'required') return changedRequired(before ?? [], after ?? [], at);
    if (before === undefined && isBound(key, after)) return [];
    if ((key === 'items' || key === 'additionalProperties') && isSchema(before) && isSchema(after))
      return breakingChanges(before, after, `${place}/${key}`);
    return JSON.stringify(before) === JSON.stringify(after)
      ? []
      : [`${at}: ${key} was ${JSON.stringify(before)}, is ${JSON.stringify(after)}`];
  });
}

/** Compares two bundles of events (generated/events.json). */
export function breakingBundle(released, next) {
  const now = new Map(next.events.map((e) => [e.type, e]));
  return [
    ...breakingChanges(released.common, next.common, 'common'),
    ...released.events.flatMap((before) => {
      const after = now.get(before.type);
      if (!after) return [`${before.type} is gone`];
      const moved = before.topic === after.topic ? [] : [`${before.type} moved from ${before.topic} to ${after.topic}`];
      return [...moved, ...breakingChanges(before.schema, after.schema, before.type)];
    }),
  ];
}

function changedFields(before, after, place) {
  return Object.entries(before).flatMap(([name, schema]) =>
    name in after ? breakingChanges(schema, after[name], `${place}/${name}`) : [`${place}/${name} is gone`],
  );
}

function changedRequired(before, after, at) {
  return [
    ...after
      .filter((name) => !before.includes(name))
      .map((name) => `${at}: ${name} became required; events already kept lack it`),
    ...before
      .filter((name) => !after.includes(name))
      .map((name) => `${at}: ${name} is no longer required; old readers count on it`),
  ];
}

const isSchema = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
