using Helu.Runtime;

namespace Helu.Tests.KindTests;

/// <summary>The defaults, as the documentation of <see cref="Kind"/> names them.</summary>
internal static class Defaults
{
    public static ActivationSpec Of(Kind kind) => kind switch
    {
        Kind.HeLU => new(kind, .05),
        Kind.SiLU or Kind.ELU or Kind.CELU or Kind.ClippedStraightThrough or Kind.SmeLU => new(kind, 1),
        Kind.LeakyReLU or Kind.LeakyBackward => new(kind, .01),
        Kind.SUGAR => new(kind, 1.67),
        Kind.PReLU => new(kind, .25),
        Kind.Softplus => new(kind, 1, 20),
        Kind.SAU => new(kind, .15, 1),
        Kind.Quadratic => new(kind, 1 / (2 * Math.Sqrt(2 * Math.PI)), .5, 1 / (2 * Math.Sqrt(2 * Math.PI))),
        _ => new(kind),
    };
}
