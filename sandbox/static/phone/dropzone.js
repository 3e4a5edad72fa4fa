/** Files dragged over a phone and let go there. */

export function acceptDrops(element, take) {
  element.addEventListener("dragover", (event) => mark(element, event, true));
  element.addEventListener("dragleave", (event) => mark(element, event, element.contains(event.relatedTarget)));
  element.addEventListener("drop", (event) => {
    mark(element, event, false);
    take([...event.dataTransfer.files]);
  });
}

function mark(element, event, isOver) {
  if (!event.dataTransfer.types.includes("Files")) return;
  event.preventDefault();
  element.classList.toggle("dropping", isOver);
}
