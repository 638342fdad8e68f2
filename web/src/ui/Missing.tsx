import { en } from '../i18n/en';
import { price } from '../i18n/format';
import { Button } from './Button';
import styles from './Refused.module.css';

interface MissingProps {
  missing: number;
  packs: readonly { id: string; credits: number; amount: number; currency: string }[];
  /** One's own server: one gives oneself what one needs. */
  local: boolean;
  busy: boolean;
  onBuy: (pack: string) => void;
}

/** Ways to more credits. */
export function Missing({ missing, packs, local, busy, onBuy }: MissingProps) {
  if (packs.length === 0) return <p className={styles.hint}>{local ? en.credits.local(Math.max(1, missing)) : en.credits.ask}</p>;
  return (
    <p className={styles.ways}>
      {packs.map((pack) => (
        <Button key={pack.id} busy={busy} onClick={() => onBuy(pack.id)}>
          {en.credits.buy(en.credits.cost(pack.credits), price(pack.amount, pack.currency))}
        </Button>
      ))}
    </p>
  );
}
