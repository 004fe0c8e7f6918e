using Helu.Watching;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Helu.Monitoring.Tests;

public sealed class ReportToTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Sequential _model = Sequential(("fc", Linear(2, 3)), ("act", ReLU()));

    public void Dispose()
    {
        _model.Dispose();
        _scope.Dispose();
    }

    [Fact]
    public void Reports_get_every_window_of_a_monitor_and_are_disposed_with_the_reporting()
    {
        using var monitor = DeadUnitMonitor.Attach(_model);
        EndWindow(monitor);
        var report = new Recorder();
        using (IDisposable reporting = monitor.ReportTo(report))
        {
            EndWindow(monitor);
            Assert.Equal([0, 1], report.Windows);
            Assert.Equal(0, report.TimesDisposed);
            reporting.Dispose();
        }
        EndWindow(monitor);

        Assert.Equal([0, 1], report.Windows);
        Assert.Equal(1, report.TimesDisposed);
    }

    private void EndWindow(DeadUnitMonitor monitor)
    {
        _model.call(ones(4, 2));
        monitor.EndWindow();
    }

    private sealed class Recorder : IActivationReport
    {
        public List<int> Windows { get; } = [];

        public int TimesDisposed { get; private set; }

        public void Add(ActivationWindow window) => Windows.Add(window.Index);

        public void Dispose() => TimesDisposed++;
    }
}
