using Helu.Watching;

namespace Helu.Monitoring;

/// <summary>Where the windows of a <see cref="DeadUnitMonitor"/> are reported to.</summary>
public interface IActivationReport : IDisposable
{
    /// <summary>Reports one more window.</summary>
    /// <param name="window">The window that follows those given before.</param>
    void Add(ActivationWindow window);
}
