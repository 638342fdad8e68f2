import { en } from '../../i18n/en';
import { useCheckout, useCredits, useStatus } from '../../server/queries';
import { Missing } from '../../ui/Missing';
import { Note } from '../../ui/Note';
import styles from './LobbyPage.module.css';

/** What the session takes of what one has: said before, not found out. Null where it is free, or not known. */
function useCost(format: string) {
  const credits = useCredits(true).data;
  const price = credits?.prices.find((one) => one.format === format);
  if (credits === undefined || price === undefined || price.credits === 0) return null;
  const { available } = credits.balance;
  const text = `${en.credits.due(en.credits.cost(price.credits), price.after_s ?? 0)} ${en.credits.have(available)}`;
  return { text, missing: price.credits - available, packs: credits.packs };
}

/** For who has enough: a line beside the button. */
export function Cost({ format }: { format: string }) {
  const cost = useCost(format);
  return cost === null || cost.missing > 0 ? null : <p className={styles.hint}>{cost.text}</p>;
}

/** For who has not: the first thing to read. */
export function NotEnough({ format }: { format: string }) {
  const cost = useCost(format);
  const local = useStatus().data?.mode === 'local';
  const checkout = useCheckout();
  if (cost === null || cost.missing <= 0) return null;
  return (
    <Note look="caution">
      {cost.text} {en.credits.missing(cost.missing)}
      <Missing missing={cost.missing} packs={cost.packs} local={local} busy={checkout.isPending} onBuy={(pack) => checkout.mutate(pack)} />
    </Note>
  );
}
