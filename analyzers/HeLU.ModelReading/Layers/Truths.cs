namespace Helu.ModelReading.Layers;

/// <summary>And and or of truth values of which some are not known (null).</summary>
internal static class Truths
{
    public static bool? And(bool? left, bool? right) => (left, right) switch { (false, _) or (_, false) => false, (true, true) => true, _ => null };

    public static bool? Or(bool? left, bool? right) => (left, right) switch { (true, _) or (_, true) => true, (false, false) => false, _ => null };
}
