namespace Dying.Training;

/// <summary>How weights and biases of the linear layers start.</summary>
internal enum Initialisation
{
    /// <summary>PyTorch's and TorchSharp's default: both uniform between plus and minus 1/sqrt(fan_in).</summary>
    Default,

    /// <summary><c>kaiming_uniform_</c> for ReLU, uniform between plus and minus sqrt(6/fan_in), and zero bias (He et al., arXiv 1502.01852).</summary>
    Kaiming,
}
