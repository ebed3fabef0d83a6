import { Notice } from '../parts/states.js';
import { useWords } from '../words/language.js';

export function NotFound() {
  const { say } = useWords();
  return <Notice title={say('Cette page n’existe pas', 'There is no such page')} />;
}
