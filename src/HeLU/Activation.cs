using Helu.Runtime;

namespace Helu;

/// <summary>Experiments with the activation of annotated code, without a copy of the model for each kind.</summary>
public static class Activation
{
    [ThreadStatic]
    private static OverrideScope? t_current;

    /// <summary>
    /// Until the returned scope is disposed, swapped calls that run on this thread use <paramref name="kind"/> instead of what their
    /// attribute says, and swapped containers (<c>Sequential</c>, <c>ModuleList</c>) that are built on this thread get modules of that kind;
    /// such modules keep it after the scope. <see cref="Kind.ReLU"/> gives the model as if it were not annotated. Scopes nest.
    /// Costs one read of a thread-static field a call, in and outside a scope.
    /// </summary>
    /// <example>
    /// <code>
    /// using (Activation.Override(Kind.GELU))
    /// {
    ///     using var model = new Net();   // its Sequential children are GELU modules
    ///     model.call(x);                 // functional.relu(x) in it computes GELU
    /// }
    /// </code>
    /// </example>
    /// <param name="kind">The activation to use.</param>
    /// <param name="parameters">The kind's parameters in the order of <see cref="Kind"/>'s documentation, as in <c>Override(Kind.SAU, .2, 1.5)</c>; defaults for those left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">kind is not a value of <see cref="Kind"/>, a parameter is outside its range, or there are more than the kind has.</exception>
    public static IDisposable Override(Kind kind, params ReadOnlySpan<double> parameters) =>
        t_current = new OverrideScope(ActivationSpec.Create(kind, parameters), t_current);

    /// <summary><see cref="Override(Kind, ReadOnlySpan{double})"/> where the first parameter may be left to its default.</summary>
    /// <param name="kind">The activation to use.</param>
    /// <param name="parameter">The kind's first parameter; its default where null.</param>
    /// <exception cref="ArgumentOutOfRangeException">kind is not a value of <see cref="Kind"/>, or the parameter is outside its range or the kind has none.</exception>
    public static IDisposable Override(Kind kind, double? parameter) => parameter is { } given ? Override(kind, given) : Override(kind);

    /// <summary>What is asked for on this thread instead of the attributes; null outside of every scope.</summary>
    internal static ActivationSpec? Overridden => t_current?.Spec;

    internal static ActivationSpec Resolve(ActivationSpec annotated) => t_current is { } scope ? scope.Spec : annotated;

    private sealed class OverrideScope(ActivationSpec spec, OverrideScope? outer) : IDisposable
    {
        private bool _disposed;

        public ActivationSpec Spec { get; } = spec;

        public void Dispose()
        {
            if (_disposed)
                return;
            if (t_current != this)
            {
                throw new InvalidOperationException(
                    "An activation override must be disposed on the thread that opened it, innermost first; this one is not the innermost of this thread.");
            }
            _disposed = true;
            t_current = outer;
        }
    }
}
