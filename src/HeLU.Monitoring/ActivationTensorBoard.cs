using Helu.Watching;
using TorchSharp;
using TorchSharp.Modules;

namespace Helu.Monitoring;

/// <summary>
/// Writes scalars for TensorBoard: dead_share, share_within_reach, dynamic_dead_rate, sparsity and mean_activation, each tagged <c>dead_share/LAYER</c>, at the number of steps done when
/// the window ended.
/// </summary>
public sealed class ActivationTensorBoard : IActivationReport
{
    private readonly SummaryWriter _writer;

    /// <summary>Makes an event file.</summary>
    /// <param name="log_dir">The folder, made where it is not there: what <c>tensorboard --logdir</c> is given, or a folder in it for one run of several.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be written.</exception>
    public ActivationTensorBoard(string log_dir)
    {
        ArgumentException.ThrowIfNullOrEmpty(log_dir);
        _writer = torch.utils.tensorboard.SummaryWriter(log_dir);
    }

    /// <inheritdoc/>
    /// <exception cref="OverflowException">The step is above what an event of TorchSharp holds, 2³¹ - 1.</exception>
    public void Add(ActivationWindow window)
    {
        ArgumentNullException.ThrowIfNull(window);
        int step = checked((int)(window.LastStep + 1));
        // TorchSharp's default is not the time that TensorBoard expects, seconds since 1970.
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        foreach (LayerActivity layer in window.Layers)
        {
            Write("dead_share", layer.DeadShare);
            Write("share_within_reach", layer.ShareWithinReach);
            Write("dynamic_dead_rate", layer.DynamicDeadRate);
            Write("sparsity", layer.Sparsity);
            Write("mean_activation", layer.MeanActivation);

            void Write(string measure, double value) => _writer.add_scalar($"{measure}/{layer.Layer}", (float)value, step, now);
        }
    }

    /// <summary>Nothing is held open: each event is in the file already.</summary>
    public void Dispose()
    {
    }
}
