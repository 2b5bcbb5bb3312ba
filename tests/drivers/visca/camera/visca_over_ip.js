// Drives the camera at HOST PORT with npm's visca-over-ip; prints what each command came to, one word a line.
const { ViscaCamera, ViscaCommand } = require("visca-over-ip");

const [host, port] = process.argv.slice(2);
const camera = new ViscaCamera(host, Number(port));
const steps = [
  () => ViscaCommand.cameraPanTilt(-24, -10),
  () => ViscaCommand.cameraPanTilt(0, 0, 3, 3),
  () => ViscaCommand.cameraZoomIn(),
  () => ViscaCommand.cameraZoomStop(),
  () => ViscaCommand.cameraPanTiltHome(),
  () => ViscaCommand.cameraZoomIn(7), // becomes 81 01 04 07 07 FF, which no manual has
];

function next() {
  const step = steps.shift();
  if (!step) return process.exit(0);
  const command = step();
  for (const outcome of ["ack", "complete", "error"])
    command.on(outcome, () => {
      console.log(outcome);
      if (outcome !== "ack") next();
    });
  camera.on("error", () => {
    console.log("error");
    next();
  });
  camera.sendCommand(command);
}

camera.client.once("connect", next); // its own "connected" comes before the socket may send
