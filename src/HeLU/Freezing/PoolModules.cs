using Helu.Inference.Tracing;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Frozen = Helu.Inference.Tracing.Structure;

namespace Helu.Freezing;

/// <summary>The hyperparameters of pooling and upsampling.</summary>
internal static class PoolModules
{
    public static ModuleNode? Structure(nn.Module module) => module switch
    {
        MaxPool1d m => Frozen.MaxPool1d(m.kernel_size, m.stride, m.padding, m.dilation, m.ceil_mode),
        MaxPool2d m => Frozen.MaxPool2d(m.kernel_size, m.stride, m.padding, m.dilation, m.ceil_mode),
        AvgPool1d m => Frozen.AvgPool1d(m.kernel_size, m.stride, m.padding ?? 0, m.ceil_mode, m.count_include_pad),
        AvgPool2d m => Frozen.AvgPool2d(m.kernel_size, m.stride, m.padding, m.ceil_mode, m.count_include_pad, m.divisor_override),
        AdaptiveAvgPool1d m => Frozen.AdaptiveAvgPool1d(m.output_size),
        AdaptiveAvgPool2d m => Frozen.AdaptiveAvgPool2d(m.output_size),
        AdaptiveMaxPool1d m => Frozen.AdaptiveMaxPool1d(m.output_size),
        AdaptiveMaxPool2d m => Frozen.AdaptiveMaxPool2d(m.output_size),
        Upsample { mode: UpsampleMode.Nearest } m => Frozen.Upsample(m.size.ToArray(), m.scale_factor.ToArray()),
        _ => null,
    };
}
