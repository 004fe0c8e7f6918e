using Helu.Monitoring;
using Helu.Watching;

namespace Digits.Report;

/// <summary>A training that is watched, epoch by epoch. Disposing it completes the reports and lets go of the model.</summary>
internal sealed class WatchedTraining(DeadUnitMonitor monitor, params IActivationReport[] reports) : IDisposable
{
    private readonly IDisposable _reporting = monitor.ReportTo(reports);

    public void EndEpoch() => monitor.EndWindow();

    public void Dispose()
    {
        _reporting.Dispose();
        monitor.Dispose();
    }
}
