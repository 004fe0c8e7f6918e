namespace Helu.Analyzers.Evidence.Measuring;

/// <summary>The units of one ReLU in one network. A unit of a convolution is a channel.</summary>
/// <param name="Line">Where in the program the ReLU, or for a module its construction, stands.</param>
/// <param name="Call">Which of the ReLUs of this line it is, in the order in which they run, from 0.</param>
/// <param name="Units">How many units the layer has.</param>
/// <param name="Dead">How many of them never fired (were above 0) on the data.</param>
internal sealed record ReluUnits(int Line, int Call, long Units, long Dead)
{
    public double DeadShare => (double)Dead / Units;
}
