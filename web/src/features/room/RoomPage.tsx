import { useEffect, useState } from 'react';
import { en } from '../../i18n/en';
import { Banners } from './Banners';
import { Controls, type Asked } from './Controls';
import { Conversation } from './Conversation';
import { EndDialog, LeaveDialog } from './Dialogs';
import { HopsPanel } from './HopsPanel';
import { InviteDialog } from './InviteDialog';
import { Left } from './Left';
import styles from './RoomPage.module.css';
import { Stage } from './Stage';
import { TopBar } from './TopBar';
import { useAfterwards } from './useAfterwards';
import { useCamera } from './useCamera';
import { useKeys } from './useKeys';
import { useRoom, type RoomProps } from './useRoom';
import { useScene } from './useScene';

export function RoomPage(props: RoomProps) {
  const { room, state } = useRoom(props);
  const [camera, setCamera] = useState(props.part.camera);
  const [hops, setHops] = useState(false);
  const [asking, setAsking] = useState<Asked | null>(null);
  const picture = useCamera(camera);
  const scene = useScene(state);
  const name = scene.ai;
  useKeys(room);
  useAfterwards(props.session, room, state);
  useEffect(() => {
    document.title = `${en.room.title(name)} · ${en.name}`;
  }, [name]);

  if (state.link.at === 'left' && state.link.reason !== 'left' && state.link.reason !== 'over') {
    return <Left session={props.session} link={state.link} />;
  }
  return (
    <div className={styles.room}>
      <TopBar state={state} />
      <main className={styles.main} data-help={state.help?.acute === true}>
        <h1 className="unseen">{en.room.title(name)}</h1>
        <Stage room={room} state={state} scene={scene} picture={picture} />
        <Conversation session={props.session} room={room} state={state} scene={scene} />
        {hops && <HopsPanel hops={state.hops} onClose={() => setHops(false)} />}
        <Controls
          room={room}
          state={state}
          voice={props.part.voice}
          manner={scene.manner}
          camera={camera}
          onCamera={setCamera}
          hops={hops}
          onHops={setHops}
          onAsk={setAsking}
        />
      </main>
      <Banners room={room} state={state} />
      {asking === 'leave' && <LeaveDialog room={room} onClose={() => setAsking(null)} />}
      {asking === 'invite' && <InviteDialog session={props.session} coached={scene.manner.coached} onClose={() => setAsking(null)} />}
      {asking === 'end' && <EndDialog room={room} onClose={() => setAsking(null)} />}
    </div>
  );
}
