/**
 * onnxruntime reports its use to its makers where this is not set: it keeps events in a database below the person's
 * cache folder and sends them. It reads the variable when its first session is made, so every owner of a session
 * imports this file. `npm run test:network` shows that nothing is sent.
 */
process.env.ORT_DISABLE_TELEMETRY = '1';
