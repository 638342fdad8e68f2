import { MicrophoneError, faultOf } from './microphone';

export interface Device {
  id: string;
  label: string;
}

/** The devices of a kind. Labels are empty, and ids may be, until the person allowed one of them. */
export async function devicesOf(kind: MediaDeviceKind): Promise<Device[]> {
  const media = navigator.mediaDevices as MediaDevices | undefined; // missing outside a secure context
  const all = (await media?.enumerateDevices()) ?? [];
  return all.filter((one) => one.kind === kind && one.deviceId !== '').map((one) => ({ id: one.deviceId, label: one.label }));
}

/** Calls back whenever a device is plugged in or pulled out. Returns how to stop it. */
export function onDevicesChanged(callback: () => void): () => void {
  const media = navigator.mediaDevices as MediaDevices | undefined;
  media?.addEventListener('devicechange', callback);
  return () => media?.removeEventListener('devicechange', callback);
}

/** A picture of oneself, which never leaves the page. Rejects with MicrophoneError. */
export async function openCamera(): Promise<MediaStream> {
  const media = navigator.mediaDevices as MediaDevices | undefined;
  if (media === undefined) throw new MicrophoneError('unsupported');
  try {
    return await media.getUserMedia({ video: { width: { ideal: 640 }, height: { ideal: 480 }, facingMode: 'user' } });
  } catch (error) {
    throw new MicrophoneError(faultOf(error));
  }
}

/** Two soft notes, to hear whether the speaker is on. Resolves when they are over. */
export async function playTestSound(context: AudioContext): Promise<void> {
  const notes = [523.25, 659.25];
  for (const [index, hz] of notes.entries()) {
    const startS = context.currentTime + 0.22 * index;
    const tone = new OscillatorNode(context, { frequency: hz });
    const gain = new GainNode(context, { gain: 0 });
    gain.gain.setTargetAtTime(0.22, startS, 0.015);
    gain.gain.setTargetAtTime(0, startS + 0.16, 0.12);
    tone.connect(gain).connect(context.destination);
    tone.start(startS);
    tone.stop(startS + 0.9);
  }
  await new Promise((done) => setTimeout(done, 1_000));
}
