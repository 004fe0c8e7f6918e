namespace Digits;

/// <summary>What the command line asks for.</summary>
/// <param name="Data">A folder with MNIST's files; null: digits drawn by the sample.</param>
/// <param name="Out">Where the plot goes.</param>
/// <param name="Export">Where the best model goes; null: nowhere.</param>
/// <param name="ExportOnnx">Where the best model goes as ONNX; null: nowhere.</param>
/// <param name="Monitor">A folder for what the units did in each epoch; null: they are not watched while training.</param>
/// <param name="Draw">A folder for drawn digits instead of a training; null: train.</param>
internal sealed record Options(
    string Model,
    IReadOnlyList<double> Alphas,
    int Epochs,
    int Seeds,
    int FirstSeed,
    double LearningRate,
    int Threads,
    string? Data,
    string Out,
    string? Export,
    string? ExportOnnx,
    string? Monitor,
    string? Draw);
