import { en } from '../../i18n/en';
import { useCheckout, useCredits, useStatus } from '../../server/queries';
import { Missing } from '../../ui/Missing';
import { Note } from '../../ui/Note';

/** What the session takes, and whether one has it: said before, not found out. Nothing where it is free. */
export function Cost({ format }: { format: string }) {
  const credits = useCredits(true).data;
  const local = useStatus().data?.mode === 'local';
  const checkout = useCheckout();
  const price = credits?.prices.find((one) => one.format === format);
  if (credits === undefined || price === undefined || price.credits === 0) return null;
  const { available } = credits.balance;
  const missing = price.credits - available;
  return (
    <Note look={missing > 0 ? 'caution' : 'calm'}>
      {en.credits.due(en.credits.cost(price.credits), price.after_s ?? 0)} {en.credits.have(available)}
      {missing > 0 && (
        <>
          {' '}
          {en.credits.missing(missing)}
          <Missing missing={missing} packs={credits.packs} local={local} busy={checkout.isPending} onBuy={(pack) => checkout.mutate(pack)} />
        </>
      )}
    </Note>
  );
}
