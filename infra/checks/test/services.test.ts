import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SERVICE_NAMES } from '@gpect/contracts/api-documents';
import { expect, test } from '@jest/globals';

const ROOT = resolve('../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const saysEvents = (name: string) => existsSync(join(ROOT, 'packages/contracts/events', name));

/** As the local stack and the containers have them (docs/setup.md). */
const FIRST_PORT = 4001;

/** Where every service stands, and what stands there for one; `port` is that of its place among the services. */
const LISTS: Readonly<Record<string, (name: string, port: number) => string[]>> = {
  'infra/kafka/topics.yaml': (name) => [
    `name: gpect.${name}.dead-letter,`,
    ...(saysEvents(name) ? [`name: gpect.${name}.events,`] : []),
  ],
  'docker-compose.yml': (name, port) => [
    `${name}: <<: *service`,
    `APP: "@gpect/${name}", DIR: apps/${name}`,
    `mongodb://mongo:27017/${name}?`,
    `"127.0.0.1:${port}:4000"`,
    `${name.toUpperCase().replaceAll('-', '_')}_URL: http://${name}:4000`,
  ],
  '.vscode/launch.json': (name, port) => [`"name": "attach: ${name}"`, `"port": ${port + 100},`],
  '.vscode/tasks.json': (name) => [`"${name}"`],
  'packages/catalogue/src/languages.ts': (name) =>
    saysEvents(name) ? [`${/\W/.test(name) ? `'${name}'` : name}: `] : [],
  'docs/setup.md': (name, port) => [`${port} ${name}`],
};

/** What the lists lack of a service: `docs/setup.md: 4008 forgotten`. */
function missing(name: string, place: number): string[] {
  return Object.entries(LISTS).flatMap(([file, saying]) => {
    const text = onOneLine(read(file));
    return saying(name, FIRST_PORT + place).flatMap((said) => (text.includes(said) ? [] : [`${file}: ${said}`]));
  });
}

const onOneLine = (text: string) => text.replaceAll(/\s+/g, ' ');

test('every service stands in every list of services', () => {
  expect(SERVICE_NAMES.flatMap((name, place) => missing(name, place))).toEqual([]);
});

/** It serves pages over the services' own APIs, and is none of them. */
const PAGES = 'dashboard';

test('every app is a service or the pages, and every service an app', () => {
  expect(readdirSync(join(ROOT, 'apps')).sort()).toEqual([...SERVICE_NAMES, PAGES].sort());
});

test('a service that the lists have forgotten is named with each of them', () => {
  const named = missing('forgotten', SERVICE_NAMES.length).map((line) => line.split(':')[0]);
  const withoutEvents = Object.keys(LISTS).filter((file) => !file.startsWith('packages/catalogue'));
  expect([...new Set(named)]).toEqual(withoutEvents);
});
