namespace Helu.Watching;

/// <summary>Who watches the forward that runs on this thread.</summary>
internal static class ActivationWatch
{
    /// <summary>Null unless a watched model runs a step that is sampled.</summary>
    [field: ThreadStatic]
    public static IActivationWatcher? Current { get; set; }
}
