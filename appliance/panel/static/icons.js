// Symbols of our own for buttons that the configuration puts on the panel: lines on a field of 24 by 24.

/** @type {Record<string, string>} paths by the names that `icon` has in the configuration */
export const ICONS = {
  bell: "M6 17V11a6 6 0 0 1 12 0v6l2 2H4zM10 21h4",
  call: "M5 3h4l2 5-2.5 1.5a11 11 0 0 0 6 6L16 13l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 3 5a2 2 0 0 1 2-2z",
  camera: "M3 7h12v10H3zM15 11l6-3v8l-6-3z",
  content: "M3 4h18v12H3zM8 20h8M12 16v4M12 13V7M9.5 9.5 12 7l2.5 2.5",
  curtain: "M3 3h18M5 3v18c4-3 5-9 5-18M19 3v18c-4-3-5-9-5-18",
  door: "M6 21V3h12v18M3 21h18M14 12v1",
  fan: "M12 12c0-5-1-8-4-8s-3 5 4 8c5 0 8-1 8-4s-5-3-8 4c0 5 1 8 4 8s3-5-4-8c-5 0-8 1-8 4s5 3 8-4z",
  heat: "M8 4c-2 3 2 5 0 8s2 5 0 8M12.5 4c-2 3 2 5 0 8s2 5 0 8M17 4c-2 3 2 5 0 8s2 5 0 8",
  help: "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM9.5 9.5a2.5 2.5 0 1 1 3.5 2.5c-.7.4-1 .8-1 2M12 17v.2",
  light: "M9 18h6M10 21h4M9 18c0-3-3-4-3-8a6 6 0 0 1 12 0c0 4-3 5-3 8",
  lock: "M5 11h14v10H5zM8 11V7a4 4 0 0 1 8 0v4M12 15v2",
  microphone: "M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM6 11a6 6 0 0 0 12 0M12 17v4M9 21h6",
  power: "M12 3v9M7 6a8 8 0 1 0 10 0",
  screen: "M3 4h18v12H3zM8 20h8M12 16v4",
  speaker: "M4 9h4l5-4v14l-5-4H4zM16 9a4 4 0 0 1 0 6M18.5 6a8 8 0 0 1 0 12",
  star: "M12 3l2.7 5.8 6.300.8-4.600 4.400 1.200 6.300L12 17.200 6.400 20.300 7.600 14 3 9.600l6.300-.8z",
};
