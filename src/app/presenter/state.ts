import { create } from 'zustand';
import { useExperiment } from '../../views/experiments/state';
import { useTour } from '../tour/state';

interface PresenterState {
  /** Index of the scene that is shown; null while nothing is presented. */
  scene: number | null;
  /** Begins with the open experiment, or where the tour is; in full screen where the browser allows it. */
  present(): Promise<void>;
  /** Goes to a scene, of those there are. */
  goToScene(scene: number): void;
  leave(): void;
}

export const usePresenter = create<PresenterState>()((set) => ({
  scene: null,
  async present() {
    document.documentElement.requestFullscreen?.().catch(() => {
      // A frame may not, and the page is presented without.
    });
    const { sceneOfExperiment, sceneOfStep } = await import('./scenes');
    const { id } = useExperiment.getState();
    const { step, closeTour } = useTour.getState();
    closeTour();
    set({ scene: id ? sceneOfExperiment(id) : sceneOfStep(step) });
  },
  goToScene: (scene) => set({ scene }),
  leave() {
    set({ scene: null });
    if (document.fullscreenElement) void document.exitFullscreen();
  },
}));
