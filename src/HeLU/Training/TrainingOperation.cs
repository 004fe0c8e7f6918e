using static TorchSharp.torch;

namespace Helu.Training;

/// <summary>Computes one value from others of the run.</summary>
internal delegate Tensor TrainingOperation(TrainingRun run);
