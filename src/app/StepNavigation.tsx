import { useEffect, useState } from 'react';
import { steps } from './steps';
import './StepNavigation.css';

/** Links to the steps in their order; those at reading height are marked, of two columns both. */
export function StepNavigation() {
  const inView = useStepsInView();
  return (
    <nav className="step-navigation" aria-label="Steps">
      <ol>
        {steps.map(({ id, title }) => (
          <li key={id}>
            <a href={`#${id}`} aria-current={inView.has(id) ? 'true' : undefined}>
              {title}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function useStepsInView(): ReadonlySet<string> {
  const [inView, setInView] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) =>
        setInView((before) => {
          const after = new Set(before);
          for (const { target, isIntersecting } of entries) {
            if (isIntersecting) after.add(target.id);
            else after.delete(target.id);
          }
          return after;
        }),
      // A narrow band below the header.
      { rootMargin: '-25% 0px -70% 0px' },
    );
    for (const { id } of steps) {
      const section = document.getElementById(id);
      if (section) observer.observe(section);
    }
    return () => observer.disconnect();
  }, []);
  return inView;
}
