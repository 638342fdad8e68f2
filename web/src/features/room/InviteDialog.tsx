import { useState } from 'react';
import type { InvitationIn } from '../../api/http';
import { en } from '../../i18n/en';
import { refusalOf } from '../../i18n/refusals';
import { useInvite, useStatus } from '../../server/queries';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Refused } from '../../ui/Refused';
import { TextField } from '../../ui/TextField';
import styles from './InviteDialog.module.css';

interface InviteDialogProps {
  session: string;
  /** There is a seat for a human coach. */
  coached: boolean;
  onClose: () => void;
}

const WEEK_HOURS = 7 * 24;

/** Links for others, where there are more seats than one's own. */
export function InviteDialog({ session, coached, onClose }: InviteDialogProps) {
  const invite = useInvite(session);
  const local = useStatus().data?.mode === 'local'; // where nobody else has an account
  const make = (role: InvitationIn['role']): void =>
    invite.mutate({ role, lasts_hours: WEEK_HOURS, most_uses: 1, anyone_coaches: role === 'coach' && local });
  return (
    <Dialog
      title={en.room.invite}
      onClose={onClose}
      actions={
        <Button look="quiet" onClick={onClose}>
          {en.room.close}
        </Button>
      }
    >
      <div className={styles.content}>
        <p>{en.room.inviteText}</p>
        <div className={styles.ways}>
          <Button busy={invite.isPending} onClick={() => make('guest')}>
            {en.room.inviteGuest}
          </Button>
          {coached && (
            <Button busy={invite.isPending} onClick={() => make('coach')}>
              {en.room.inviteCoach}
            </Button>
          )}
        </div>
        {invite.error && <Refused refusal={refusalOf(invite.error)} />}
        {invite.data !== undefined && <MadeLink key={invite.data.id} url={invite.data.url} />}
      </div>
    </Dialog>
  );
}

function MadeLink({ url }: { url: string }) {
  const [copied, setCopied] = useState(false);
  const copy = (): void =>
    void navigator.clipboard.writeText(url).then(
      () => setCopied(true),
      () => undefined, // it can still be copied by hand
    );
  return (
    <div className={styles.link}>
      <TextField label={en.room.invited} value={url} readOnly onFocus={(event) => event.target.select()} />
      <Button onClick={copy}>{copied ? en.room.copied : en.room.copy}</Button>
    </div>
  );
}
