using Helu.Watching;

namespace Helu.Monitoring;

/// <summary>Reports of a <see cref="DeadUnitMonitor"/>.</summary>
public static class DeadUnitMonitorExtensions
{
    extension(DeadUnitMonitor monitor)
    {
        /// <summary>Gives each report the windows that ended so far, and from now on each window that ends.</summary>
        /// <example>
        /// <code>
        /// using var monitor = DeadUnitMonitor.Attach(model, new() { WindowSteps = 100 });
        /// using var reports = monitor.ReportTo(new LiveActivationTable(), new ActivationCsv("units.csv"), new ActivationHeatMap("units.png"));
        /// </code>
        /// </example>
        /// <param name="reports">They belong to what is returned.</param>
        /// <returns>Disposing it ends the reporting and disposes the reports.</returns>
        public IDisposable ReportTo(params IActivationReport[] reports)
        {
            ArgumentNullException.ThrowIfNull(monitor);
            ArgumentNullException.ThrowIfNull(reports);
            return new Reporting(monitor, [.. reports]);
        }
    }

    private sealed class Reporting : IDisposable
    {
        private readonly DeadUnitMonitor _monitor;
        private readonly IActivationReport[] _reports;
        private bool _isDisposed;

        public Reporting(DeadUnitMonitor monitor, IActivationReport[] reports)
        {
            _monitor = monitor;
            _reports = reports;
            foreach (ActivationWindow window in monitor.Windows)
                Add(window);
            monitor.WindowEnded += Add;
        }

        public void Dispose()
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            _monitor.WindowEnded -= Add;
            foreach (IActivationReport report in _reports)
                report.Dispose();
        }

        private void Add(ActivationWindow window)
        {
            foreach (IActivationReport report in _reports)
                report.Add(window);
        }
    }
}
