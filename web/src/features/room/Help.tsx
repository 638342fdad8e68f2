import type { Help as HelpShown } from '../../live/help';
import { HelpLines } from '../../ui/HelpLines';
import styles from './Conversation.module.css';

/** The help lines, from the first sign of danger to the end of the visit. */
export function Help({ help }: { help: HelpShown }) {
  return (
    <div className={styles.help}>
      <HelpLines key={String(help.acute)} emergency={help.emergency} lines={help.lines} folded={!help.acute} />
    </div>
  );
}
