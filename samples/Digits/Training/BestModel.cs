using Digits.Models;
using Helu;
using Helu.Inference;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Digits.Training;

/// <summary>Of all runs the model with the best test accuracy, frozen as it was after its run; the first of equals.</summary>
internal sealed class BestModel : IDisposable
{
    private InferenceModel? _model;

    /// <summary>Null while no run is finished.</summary>
    public Run? Run { get; private set; }

    /// <summary>To be called where the run's activation is still in force: it is frozen with the weights.</summary>
    public void Offer(Run run, Module<Tensor, Tensor> model)
    {
        if (run.TestAccuracy <= Run?.TestAccuracy)
            return;
        InferenceModel frozen = ModelCatalog.Freeze(model);
        _model?.Dispose();
        (_model, Run) = (frozen, run);
    }

    /// <exception cref="InvalidOperationException">No run is finished.</exception>
    public void Save(string path) => Model.Save(path);

    /// <exception cref="InvalidOperationException">No run is finished.</exception>
    public void ExportOnnx(string path) => Model.ExportOnnx(path);

    public void Dispose() => _model?.Dispose();

    private InferenceModel Model => _model ?? throw new InvalidOperationException("No run is finished.");
}
