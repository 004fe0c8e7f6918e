using System.Runtime.CompilerServices;
using Helu.Inference.Tracing;

namespace Helu.Benchmarks.Models;

/// <summary>The forwards over recorded values.</summary>
internal static class HandWrittenForwards
{
    [ModuleInitializer]
    internal static void Register()
    {
        Add(nameof(Mlp), ["fc1", "fc2", "fc3"], (self, x) =>
            self.module("fc3").call(Relu(self.module("fc2").call(Relu(self.module("fc1").call(x))))));
        Add(nameof(MlpWithBatchNorm), ["layers"], (self, x) => self.module("layers").call(x));
        Add(nameof(LeNet), ["conv1", "conv2", "pool", "fc1", "fc2", "fc3"], (self, x) =>
        {
            x = self.module("pool").call(Relu(self.module("conv1").call(x)));
            x = self.module("pool").call(Relu(self.module("conv2").call(x)));
            x = Relu(self.module("fc1").call(Ops.flatten(x, 1, -1)));
            return self.module("fc3").call(Relu(self.module("fc2").call(x)));
        });
        Add(nameof(ConvLayer), ["conv"], (self, x) => Relu(self.module("conv").call(x)));
        Add(nameof(LinearLayer), ["fc"], (self, x) => self.module("fc").call(self.value<bool>("after_relu") ? Relu(x) : x), "after_relu");
        Add(nameof(BasicBlock), ["conv1", "bn1", "conv2", "bn2", "downsample"], (self, x) =>
        {
            Value identity = x;
            x = Relu(self.module("bn1").call(self.module("conv1").call(x)));
            x = self.module("bn2").call(self.module("conv2").call(x));
            if (self.module_or_null("downsample") is { } downsample)
                identity = downsample.call(identity);
            return Relu(Ops.add(x, identity));
        });
        Add(nameof(ResNet18), ["conv1", "bn1", "relu", "maxpool", "layer1", "layer2", "layer3", "layer4", "avgpool", "fc"], (self, x) =>
        {
            foreach (string step in new[] { "conv1", "bn1", "relu", "maxpool", "layer1", "layer2", "layer3", "layer4", "avgpool" })
                x = self.module(step).call(x);
            return self.module("fc").call(Ops.flatten(x, 1, -1));
        });
    }

    private static Value Relu(Value x) => Ops.relu(x, Kind.ReLU, 0);

    private static void Add(string name, string[] modules, Func<ModuleNode, Value, Value> forward, params string[] values) => ModelClasses.Add(new ModelClass
    {
        TypeName = $"Helu.Benchmarks.Models.{name}",
        Inputs = ["x"],
        IndexInputs = [false],
        Modules = modules,
        Values = values,
        Parameters = [],
        Forward = (self, inputs) => forward(self, inputs[0]),
    });
}
