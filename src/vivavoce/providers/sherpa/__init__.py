"""Good local speech with sherpa-onnx (optional extra `sherpa`): models by path or from the models folder."""
