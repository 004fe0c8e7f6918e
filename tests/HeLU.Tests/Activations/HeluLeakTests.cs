using TorchSharp;
using static TorchSharp.torch;

namespace Helu.Tests.Activations;

public sealed class HeluLeakTests
{
    private const int Steps = 10_000;

    [Fact]
    public void Steps_in_a_dispose_scope_leave_no_tensor_behind() => AssertCountStays(x =>
    {
        using DisposeScope scope = NewDisposeScope();
        x.helu().sum().backward();
        x.grad = null;
    });

    [Fact]
    public void Steps_in_place_in_a_dispose_scope_leave_no_tensor_behind() => AssertCountStays(x =>
    {
        using DisposeScope scope = NewDisposeScope();
        nn.functional.helu((x + 1).helu_(), inplace: true).sum().backward();
        x.grad = null;
    });

    [Fact]
    public void Steps_without_a_scope_leave_nothing_but_what_they_return() => AssertCountStays(x =>
    {
        using Tensor y = x.helu();
        using Tensor loss = y.sum();
        loss.backward();
        x.grad = null;
    });

    [Fact]
    public void Steps_in_place_without_a_scope_leave_nothing_but_what_they_return() => AssertCountStays(x =>
    {
        using Tensor y = x + 1;
        y.helu_();
        using Tensor z = nn.functional.helu(y, inplace: true);
        using Tensor loss = z.sum();
        loss.backward();
        x.grad = null;
    });

    [Fact]
    public void Steps_without_gradient_leave_nothing_but_what_they_return() => AssertCountStays(x =>
    {
        using IDisposable off = no_grad();
        using Tensor y = x.helu();
    });

    private static void AssertCountStays(Action<Tensor> step)
    {
        // Tensors that other tests left to the collector must not be subtracted while this one counts.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using Tensor x = Inputs.Random(ScalarType.Float32, 16).requires_grad_();
        step(x);
        ThreadDisposeScopeStatistics statistics = DisposeScopeManager.Statistics;
        (long Total, long Thread, long Tensors) before = (Tensor.TotalCount, statistics.ThreadTotalLiveCount, statistics.TensorStatistics.ThreadTotalLiveCount);

        for (int i = 0; i < Steps; i++)
            step(x);

        Assert.Equal(before, (Tensor.TotalCount, statistics.ThreadTotalLiveCount, statistics.TensorStatistics.ThreadTotalLiveCount));
    }
}
