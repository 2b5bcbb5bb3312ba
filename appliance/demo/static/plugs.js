// The plugs: each device can be pulled out and put back in.

import { inOrder } from "./http.js";

const plugs = document.querySelectorAll("[data-plug]");

for (const plug of plugs) {
  const send = inOrder(`/hardware/${plug.dataset.plug}`);
  plug.addEventListener("change", () => send({ plugged: plug.checked }));
}

// Shows which devices are plugged in; what is unplugged cannot be pressed.
export function showPlugs(hardware) {
  for (const plug of plugs) {
    const [kind, name] = plug.dataset.plug.split("/");
    const plugged = hardware[kind][name].plugged;
    plug.checked = plugged;
    const box = plug.closest("[role=group]");
    box.classList.toggle("unplugged", !plugged);
    for (const button of box.querySelectorAll("button")) button.disabled = !plugged;
  }
}
