namespace Helu.Generators;

/// <summary>A module's call to redirect, since an activation takes its result, as plain values.</summary>
/// <param name="Receiver">The type that declares the method.</param>
/// <param name="Method"><c>call</c> or <c>forward</c>.</param>
/// <param name="Call">The call.</param>
internal sealed record ProducerSite(string Receiver, string Method, CallSite Call);
