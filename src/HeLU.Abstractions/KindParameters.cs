namespace Helu;

/// <summary>Which parameters each kind has, with their defaults and ranges. The compiler side and the run time share this one table.</summary>
internal static class KindParameters
{
    /// <summary>
    /// The least-squares fit of a parabola to ReLU under the standard normal distribution (its Hermite expansion to degree 2):
    /// x²/(2√(2π)) + x/2 + 1/(2√(2π)).
    /// </summary>
    internal const double Hermite = 0.19947114020071635;

    private static readonly KindParameter[][] s_all = [.. Enumerable.Range(0, (int)Kind.Quadratic + 1).Select(kind => Table((Kind)kind))];

    /// <summary>The parameters of <paramref name="kind"/>, in the order of <see cref="ActivationSpec"/>'s values; none for a number that is no kind.</summary>
    public static KindParameter[] Of(Kind kind) => IsDefined(kind) ? s_all[(int)kind] : [];

    /// <summary>Whether <paramref name="kind"/> is one of the values of <see cref="Kind"/>.</summary>
    public static bool IsDefined(Kind kind) => kind is >= Kind.ReLU and <= Kind.Quadratic;

    /// <summary>The kind with the defaults of its parameters.</summary>
    public static ActivationSpec Default(Kind kind) => With(kind, _ => null)!.Value;

    /// <summary>The kind with the values that <paramref name="given"/> has for its parameters, the default where it has none; null where one is out of range.</summary>
    public static ActivationSpec? With(Kind kind, Func<KindParameter, double?> given)
    {
        var values = new double[3];
        KindParameter[] parameters = Of(kind);
        for (int i = 0; i < parameters.Length; i++)
        {
            values[i] = given(parameters[i]) ?? parameters[i].Default;
            if (parameters[i].Fault(kind, values[i]) is not null)
                return null;
        }
        return new(kind, values[0], values[1], values[2]);
    }

    /// <summary>The values of the parameters that the kind has.</summary>
    public static double[] Values(ActivationSpec spec)
    {
        double[] values = [spec.P0, spec.P1, spec.P2];
        Array.Resize(ref values, Of(spec.Kind).Length);
        return values;
    }

    private static KindParameter[] Table(Kind kind) => kind switch
    {
        Kind.HeLU => [new("alpha", 0.05, ParameterRange.NotNegative)],
        Kind.SiLU => [new("beta", 1, ParameterRange.Positive)],
        Kind.LeakyReLU or Kind.LeakyBackward => [new("slope", 0.01, ParameterRange.Finite)],
        Kind.ELU or Kind.CELU => [new("alpha", 1, ParameterRange.Positive)],
        Kind.ClippedStraightThrough => [new("clip", 1, ParameterRange.Positive)],
        Kind.SUGAR => [new("alpha", 1.67, ParameterRange.Positive)],
        Kind.PReLU => [new("init", 0.25, ParameterRange.Finite)],
        Kind.Softplus => [new("beta", 1, ParameterRange.Positive), new("threshold", 20, ParameterRange.Positive)],
        Kind.SmeLU => [new("beta", 1, ParameterRange.Positive)],
        Kind.SAU => [new("slope", 0.15, ParameterRange.Finite), new("sigma", 1, ParameterRange.Positive)],
        Kind.Quadratic => [new("a", Hermite, ParameterRange.Finite), new("b", 0.5, ParameterRange.Finite), new("c", Hermite, ParameterRange.Finite)],
        _ => [],
    };
}
