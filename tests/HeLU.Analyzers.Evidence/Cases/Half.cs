namespace Helu.Analyzers.Evidence.Cases;

/// <summary>The part of the corpus that a case belongs to. Thresholds are set on the first only.</summary>
internal enum Half
{
    Tuning,
    HeldOut,
}
