import { useState } from 'react';
import { en } from '../../i18n/en';
import type { Room } from '../../live/room';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { TextArea } from '../../ui/TextArea';

interface GuideProps {
  room: Room;
  ai: string;
  /** The human coach leads now. */
  leads: boolean;
}

/** For the human coach: take over from the AI, and hand back to it. */
export function Guide({ room, ai, leads }: GuideProps) {
  const [asking, setAsking] = useState(false);
  const [briefing, setBriefing] = useState('');
  const handBack = (): void => {
    room.handBack(briefing.trim());
    setBriefing('');
    setAsking(false);
  };
  return (
    <>
      <Button onClick={() => (leads ? setAsking(true) : room.takeOver())}>{leads ? en.room.handBack : en.room.takeOver}</Button>
      {asking && (
        <Dialog
          title={en.room.handBackTitle(ai)}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button look="quiet" onClick={() => setAsking(false)}>
                {en.room.cancel}
              </Button>
              <Button look="primary" onClick={handBack}>
                {en.room.handBack}
              </Button>
            </>
          }
        >
          <TextArea label={en.room.briefing(ai)} maxLength={2_000} value={briefing} onChange={(event) => setBriefing(event.target.value)} />
        </Dialog>
      )}
    </>
  );
}
