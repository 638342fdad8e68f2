import { Link, useLocation } from 'react-router';
import { en } from '../../i18n/en';
import type { Link as RoomLink } from '../../live/link';
import { useCheckout, useCredits, useSession, useStatus } from '../../server/queries';
import { Missing } from '../../ui/Missing';
import { Wordmark } from '../../ui/Wordmark';
import styles from './RoomPage.module.css';

/** In place of a room that one cannot be in. */
export function Left({ session, link }: { session: string; link: Extract<RoomLink, { at: 'left' }> }) {
  const { pathname } = useLocation();
  const back = new URLSearchParams({ to: pathname.replace(/\/room$/, '') });
  return (
    <main className={styles.out}>
      <Wordmark />
      <h1>{en.left[link.reason]}</h1>
      {link.reason === 'credits' ? <More session={session} detail={link.detail} /> : link.detail !== '' && <p>{link.detail}</p>}
      {link.reason === 'refused' && <p>{en.refusal.ask}</p>}
      <p className={styles.ways}>
        {link.reason === 'signed_out' ? (
          <a href={`/sign-in?${back.toString()}`}>{en.refusal.signIn}</a>
        ) : (
          <a href={`/s/${session}`}>{en.retry}</a>
        )}
        <Link to="/">{en.toStart}</Link>
      </p>
    </main>
  );
}

/** How many are missing, and how one comes by them. detail: the server's words, which name whom to ask. */
function More({ session, detail }: { session: string; detail: string }) {
  const format = useSession(session).data?.format;
  const credits = useCredits(true).data;
  const local = useStatus().data?.mode === 'local';
  const checkout = useCheckout();
  if (credits === undefined || (credits.packs.length === 0 && !local)) return <p>{detail}</p>;
  const price = credits.prices.find((one) => one.format === format)?.credits ?? 0;
  const missing = price - credits.balance.available;
  return (
    <div>
      <p>{local ? en.credits.missing(missing) : detail}</p>
      <Missing missing={missing} packs={credits.packs} local={local} busy={checkout.isPending} onBuy={(pack) => checkout.mutate(pack)} />
    </div>
  );
}
