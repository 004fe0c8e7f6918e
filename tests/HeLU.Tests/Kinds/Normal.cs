namespace Helu.Tests.KindTests;

/// <summary>The standard normal distribution.</summary>
internal static class Normal
{
    public static double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);

    /// <summary>1/2 plus the integral of the density from 0 to x by its Taylor series (Abramowitz, Stegun, 26.2.11), for |x| below 6.</summary>
    public static double Distribution(double x)
    {
        double term = x, sum = x;
        for (int n = 1; n < 200; n++)
        {
            term *= x * x / (2 * n + 1);
            sum += term;
        }
        return .5 + Density(x) * sum;
    }
}
