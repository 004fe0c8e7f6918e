using Digits.Training;
using Helu.Monitoring;
using Helu.Watching;
using Spectre.Console;
using Spectre.Console.Rendering;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Digits.Report;

/// <summary>What the units do in each epoch of each run: a table of the run that trains, and files.</summary>
/// <param name="folder">Where the files go, named after the run.</param>
internal sealed class UnitReports(string folder)
{
    private volatile Func<IRenderable> _table = () => Text.Empty;

    public string Folder => folder;

    /// <summary>Of the run that trains, as it is now.</summary>
    public IRenderable Table => _table();

    /// <summary>Watches a model that is about to be trained.</summary>
    public WatchedTraining Watch(Configuration configuration, int seed, Module<Tensor, Tensor> model)
    {
        string run = $"{configuration.Name}-seed{seed}".Replace(' ', '-');
        var table = new ActivationTable();
        _table = () => table.ToRenderable();
        return new(
            DeadUnitMonitor.Attach(model),
            table,
            new ActivationCsv(Path.Combine(folder, run + ".csv")),
            new ActivationHeatMap(Path.Combine(folder, run + ".png")) { Title = $"dead units while training: {configuration.Name}, seed {seed}" },
            new ActivationTensorBoard(Path.Combine(folder, "tensorboard", run)));
    }
}
